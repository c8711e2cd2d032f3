import MarkdownIt from "markdown-it";

/** Other schemes run scripts, open files, or hold whole documents. */
const LINKED = /^(https?:\/\/|mailto:)/i;

/**
 * Text that anybody wrote, as HTML that is safe in our pages: its own HTML is shown as text, links lead to the web or to
 * a mail address and tell nobody where their reader came from, and pictures from elsewhere are not loaded. Line ends
 * stay, since most people write plain text.
 */
export function markdownToHtml(text: string): string {
  return markdown.render(text);
}

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true });
markdown.disable("image");
// "bug.kz" in a sentence is a name more often than a link.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
markdown.validateLink = (url) => LINKED.test(url.trim());
markdown.renderer.rules.link_open = (tokens, index, options, _env, self) => {
  tokens[index]?.attrSet("rel", "nofollow noopener noreferrer");
  return self.renderToken(tokens, index, options);
};
// A heading inside a report is none of the page.
markdown.renderer.rules.heading_open = () => "<p><strong>";
markdown.renderer.rules.heading_close = () => "</strong></p>\n";
