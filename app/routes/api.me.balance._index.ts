import { apiLoader } from "~/http/api-handler.server";
import { methodNotAllowed } from "~/http/method-not-allowed.server";
import { balanceOf } from "~/models/balance.server";

/** GET /api/me/balance (DESIGN 6): the figures of the Balance page. */
export const loader = apiLoader("viewer", ({ viewer }) => balanceOf(viewer.id));

export const action = methodNotAllowed("GET", "HEAD");
