/** A form as a page offers it, once for each of its buttons. */
export type PageForm = {
  /** Path and query. */
  readonly action: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
};

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ "&amp;": "&", "&quot;": '"', "&#x27;": "'", "&lt;": "<", "&gt;": ">" },
};

/** As React escapes text. */
function unescaped(text: string): string {
  return text.replace(/&(amp|quot|#x27|lt|gt);/g, (escape) => ESCAPES[escape] ?? escape);
}

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? undefined : unescaped(found);
};

/** Every form of a page that posts, filled in as far as it takes any text. */
export function postFormsOf(html: string, path: string): PageForm[] {
  const forms = html.match(/<form\b[^>]*method="post"[^>]*>[\s\S]*?<\/form>/g) ?? [];
  return forms.flatMap((form) => {
    const action = attribute(/<form\b[^>]*>/.exec(form)?.[0] ?? "", "action") ?? path;
    const fields = [...fieldsOf(form, "input"), ...fieldsOf(form, "textarea")];
    const buttons = fieldsOf(form, "button");
    if (buttons.length === 0) return [{ action, fields }];
    return buttons.map((button) => ({ action, fields: [...fields, button] }));
  });
}

function fieldsOf(form: string, tag: string): [string, string][] {
  const tags = form.match(new RegExp(`<${tag}\\b[^>]*>`, "g")) ?? [];
  return tags.flatMap((each): [string, string][] => {
    const name = attribute(each, "name");
    // The token is that of whoever posts.
    if (!name || name === "csrf") return [];
    return [[name, attribute(each, "value") || "15000"]];
  });
}
