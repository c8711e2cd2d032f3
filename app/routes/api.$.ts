import { apiError } from "~/http/errors.server";
import { apiLoader } from "~/http/api-handler.server";

/** An address that no machine interface has. */
export const loader = apiLoader("viewer", async () => apiError(404));
export const action = loader;
