// An ESLint rule: whatever people read comes from app/i18n, in their language.

/** What a browser shows or a screen reader says; and what our own components make visible. */
const VISIBLE =
  /^(?:aria-(?:label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label|hint|summary|error|lead|legend)$/;

const LETTERS = /\p{L}{2}/u;
/** Two words or more, the first with a capital: prose, wherever it stands. */
const SENTENCE = /^\p{Lu}[\p{L}’']* +[\p{L}\d]/u;

/** Hands its operand on: whether it is shown is for its parent to say. */
const TRANSPARENT = new Set([
  "ConditionalExpression",
  "LogicalExpression",
  "TemplateLiteral",
  "TSAsExpression",
  "TSSatisfiesExpression",
]);

/** @type {import("eslint").Rule.RuleModule} */
export const textInCatalogue = {
  meta: {
    type: "problem",
    docs: { description: "Visible text belongs into app/i18n." },
    messages: { loose: "“{{text}}” is not in the catalogue: put it into app/i18n and use t()." },
    schema: [],
  },
  create(context) {
    const check = (node, text) => {
      const isLoose = isShown(node) ? LETTERS.test(text) : SENTENCE.test(text) && !isForUs(node);
      if (!isLoose) return;
      context.report({ node, messageId: "loose", data: { text: text.trim().slice(0, 40) } });
    };
    return {
      JSXText: (node) => check(node, node.value),
      Literal: (node) => typeof node.value === "string" && check(node, node.value),
      TemplateElement: (node) => check(node, node.value.cooked ?? ""),
    };
  },
};

/** A child of an element, or the value of an attribute that is read out or shown. */
function isShown(node) {
  if (node.type === "JSXText") return true;
  const { child, parent } = outermost(node);
  if (parent.type === "JSXAttribute") return VISIBLE.test(nameOf(parent));
  if (parent.type !== "JSXExpressionContainer") return false;
  const holder = parent.parent;
  return holder.type === "JSXAttribute" ? VISIBLE.test(nameOf(holder)) : child !== holder;
}

function nameOf({ name }) {
  return typeof name.name === "string" ? name.name : "";
}

function outermost(node) {
  let child = node;
  while (TRANSPARENT.has(child.parent.type) && !isTest(child)) child = child.parent;
  return { child, parent: child.parent };
}

const isTest = (node) => node.parent.type === "ConditionalExpression" && node.parent.test === node;

/** What is thrown at developers, written to the log, or only a type. */
function isForUs(node) {
  const { parent } = outermost(node);
  if (parent.type === "NewExpression") return parent.callee.name !== "Response";
  if (parent.type === "TSLiteralType") return true;
  if (parent.type === "TaggedTemplateExpression") return true;
  const call = parent.type === "CallExpression" ? parent.callee : null;
  return call?.type === "Super" || /^(?:log|console)$/.test(call?.object?.name ?? "");
}
