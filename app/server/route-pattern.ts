import type { ServerBuild } from "@remix-run/node";
import { matchRoutes } from "@remix-run/react";

/** The route of an address as the routes write it: "/app/issues/:id". For the log, which holds no address. */
export type RouteFinder = (pathname: string) => string;

type Routes = ServerBuild["routes"];
type RouteNode = { path?: string; index?: boolean; children?: RouteNode[] };

const DATA = /(?:\/_root)?\.data$/;

/**
 * Remix looks through all routes for every address, so addresses without parameters, which are few and asked for most, are
 * looked up once. Others may hold a secret, and are not kept.
 */
export function routeFinder(routes: Routes): RouteFinder {
  const find = patternFinder(routes);
  const plain = new Set<string>();
  return (pathname) => {
    if (plain.has(pathname)) return pathname;
    const pattern = find(pathname);
    if (pattern === pathname) plain.add(pathname);
    return pattern;
  };
}

function patternFinder(routes: Routes): RouteFinder {
  const tree = childrenOf(routes, undefined);
  return (pathname) => {
    if (pathname.startsWith("/assets/")) return "/assets/*";
    const page = pathname.replace(DATA, "");
    const matches = matchRoutes(tree as Parameters<typeof matchRoutes>[0], page || "/");
    const parts = matches?.map(({ route }) => route.path?.replace(/^\/|\/$/g, "")) ?? ["*"];
    const pattern = `/${parts.filter(Boolean).join("/")}`;
    return page === pathname ? pattern : `${pattern} (data)`;
  };
}

function childrenOf(routes: Routes, parentId: string | undefined): RouteNode[] {
  return Object.values(routes).flatMap((route): RouteNode[] => {
    if (!route || route.parentId !== parentId) return [];
    const { id, path, index } = route;
    const known = path === undefined ? {} : { path };
    if (index) return [{ ...known, index }];
    return [{ ...known, children: childrenOf(routes, id) }];
  });
}
