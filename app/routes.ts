import { flatRoutes } from "@remix-run/fs-routes";

// Given here because flatRoutes() does not read it from remix.config.js.
export default flatRoutes({ ignoredRouteFiles: ["**/*.test.{ts,tsx}", "**/*.fixture.ts"] });
