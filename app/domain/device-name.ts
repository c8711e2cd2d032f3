/** What a User-Agent says in words that its owner would use; null for what it does not say. Only a hint: anybody can lie. */
export type Device = { readonly browser: string | null; readonly system: string | null };

// The first that fits: browsers name the ones that they are built from as well.
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bYaBrowser\//, "Yandex"],
  [/\bEdgA?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\b(Chrome|CriOS)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/, "Android"],
  [/\b(iPhone|iPad)\b/, "iOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

export function deviceOf(userAgent: string | null): Device {
  const named = (list: typeof BROWSERS) =>
    list.find(([sign]) => sign.test(userAgent ?? ""))?.[1] ?? null;
  return { browser: named(BROWSERS), system: named(SYSTEMS) };
}
