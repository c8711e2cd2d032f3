/**
 * A page that another one overtook, because the next key was pressed before it had arrived, is no error. Remix leaves
 * the promise of its data to nobody, and the browser would report it.
 */
export function ignoreOvertakenPages(): void {
  window.addEventListener("unhandledrejection", (event) => {
    const { reason } = event as { reason: unknown };
    if (reason instanceof DOMException && reason.name === "AbortError") event.preventDefault();
  });
}
