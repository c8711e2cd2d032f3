import { expect, test } from "vitest";
import { deviceOf } from "./device-name";

test.each([
  [
    "Mozilla/5.0 (Linux; Android 13; SM-A125F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36",
    { browser: "Chrome", system: "Android" },
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1",
    { browser: "Safari", system: "iOS" },
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 YaBrowser/24.1 Safari/537.36",
    { browser: "Yandex", system: "Windows" },
  ],
  ["curl/8.5.0", { browser: null, system: null }],
  [null, { browser: null, system: null }],
])("%s", (userAgent, device) => {
  expect(deviceOf(userAgent)).toEqual(device);
});
