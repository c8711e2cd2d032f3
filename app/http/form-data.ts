/**
 * The posted form. Throws 415 when something else was posted, and 400 when it cannot be read.
 * A request has one body: authorise first (requireViewer keeps a copy), then read it once.
 */
export async function readForm(request: Request): Promise<FormData> {
  const type = request.headers.get("content-type");
  if (type === null) return new FormData();
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type))
    throw new Response(null, { status: 415 });
  try {
    return await request.formData();
  } catch {
    throw new Response(null, { status: 400 });
  }
}
