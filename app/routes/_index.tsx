import { redirect } from "@remix-run/node";
import { methodNotAllowed } from "~/http/method-not-allowed.server";
import { homePath } from "~/http/paths";

export const loader = () => redirect(homePath());
export const action = methodNotAllowed("GET", "HEAD");
