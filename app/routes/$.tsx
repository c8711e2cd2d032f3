import type { LoaderFunctionArgs } from "@remix-run/node";
import { notFound } from "~/http/errors.server";

// With a route of its own an unknown address still gets the reader's navigation and language.
export function loader(_: LoaderFunctionArgs): never {
  throw notFound();
}

export const action = loader;

export default function Nothing() {
  return null;
}
