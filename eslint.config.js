import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";
import { textInCatalogue } from "./scripts/lint/text-in-catalogue.js";

const noDirectTransaction = {
  selector: "CallExpression[callee.property.name='$transaction']",
  message: "Use transaction() of app/database/transaction.server.ts: it retries and limits time.",
};

// Who may what is one table; whoever compares a role elsewhere writes a second one.
const ROLE = "Literal[value=/^(admin|tester)$/]";
const noComparedRole = ["left", "right"].map((side) => ({
  selector: `BinaryExpression[operator=/^[!=]==?$/] > ${ROLE}.${side}`,
  message: "Ask mayDo() or hasAccess() of app/domain/permission.ts.",
}));

export default defineConfig(
  globalIgnores(["app/generated/", "build/", ".data/", "playwright-report/", "test-results/"]),
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": [
        "error",
        // React is free to call an async handler; Express 4 is not: it would never see the rejection.
        { checksVoidReturn: { attributes: false } },
      ],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", destructuredArrayIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      // Where an interface wants a promise, `async` is how to give one.
      "@typescript-eslint/require-await": "off",
      // The objects here are closures; none asks what `this` is.
      "@typescript-eslint/unbound-method": "off",
      // Remix: `throw redirect(…)` and `throw data(…)` are how a loader answers early.
      "@typescript-eslint/only-throw-error": "off",
      "no-restricted-syntax": ["error", noDirectTransaction],
    },
  },
  {
    files: ["app/**/*.{ts,tsx}"],
    rules: { "no-console": "error" },
  },
  {
    files: ["app/**/*.{ts,tsx}"],
    ignores: ["app/domain/**", "**/*.test.{ts,tsx}", "**/*.fixture.ts"],
    rules: { "no-restricted-syntax": ["error", noDirectTransaction, ...noComparedRole] },
  },
  {
    files: ["app/database/transaction.server.ts"],
    rules: { "no-restricted-syntax": "off" },
  },
  {
    // Whatever people read stands in app/i18n. Programs are answered in English (DESIGN 6).
    files: ["app/{components,enhancements,filters,forms,http,routes}/**/*.{ts,tsx}", "app/*.tsx"],
    ignores: [
      "**/*.test.{ts,tsx}",
      "**/*.fixture.ts",
      "app/http/api-{error,handler.server}.ts",
      "app/routes/api.*",
    ],
    plugins: { tiyn: { rules: { "text-in-catalogue": textInCatalogue } } },
    rules: { "tiyn/text-in-catalogue": "error" },
  },
  {
    files: ["app/**/*.{ts,tsx}"],
    // Tests call useTestDatabase(), which is no React hook.
    ignores: ["**/*.test.{ts,tsx}"],
    extends: [reactHooks.configs.flat.recommended],
  },
  {
    // Tests look into JSON that nothing has checked yet; that is what they are for.
    files: ["**/*.test.{ts,tsx}", "e2e/**"],
    rules: {
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-unsafe-call": "off",
    },
  },
  {
    // A boot message belongs on the console; whatever a request does goes to the log.
    files: ["app/server/**", "app/**/*.test.{ts,tsx}", "app/**/*.fixture.ts"],
    rules: { "no-console": "off" },
  },
  {
    files: ["**/*.{js,mjs,cjs}"],
    languageOptions: {
      globals: { console: "readonly", performance: "readonly", process: "readonly" },
    },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: { globals: { Buffer: "readonly" } },
  },
  { files: ["**/*.cjs"], languageOptions: { globals: { module: "readonly" } } },
);
