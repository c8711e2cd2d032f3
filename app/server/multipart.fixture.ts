const BOUNDARY = "----tiyn-test-boundary";

export const MULTIPART_HEADERS = {
  "content-type": `multipart/form-data; boundary=${BOUNDARY}`,
  "sec-fetch-site": "same-origin",
};

/** A field, or with a name a file. */
export type Part = readonly [field: string, content: string | Buffer, fileName?: string];

/** A form as browsers send it. */
export function multipart(parts: readonly Part[]): Buffer {
  const chunks = parts.flatMap(([field, content, fileName]) => {
    const file =
      fileName === undefined
        ? ""
        : `; filename="${fileName}"\r\nContent-Type: application/octet-stream`;
    const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${field}"${file}\r\n\r\n`;
    return [Buffer.from(head), Buffer.from(content), Buffer.from("\r\n")];
  });
  return Buffer.concat([...chunks, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}
