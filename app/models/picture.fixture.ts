import sharp, { type Sharp } from "sharp";

/** Something with colours and noise, as a photo has them; another `mean` is another photo. */
export function testPhoto({ width = 1200, height = 900, mean = 120 } = {}): Sharp {
  const noise = { type: "gaussian" as const, mean, sigma: 30 };
  const [w, h] = [Math.ceil(width / 8), Math.ceil(height / 8)];
  const coarse = sharp({
    create: { width: w, height: h, channels: 3, background: "#0a627d", noise },
  });
  return coarse.resize(width, height);
}

/** What a phone writes beside its photo: where it was taken, and which way up it was held. */
export function asPhoneWouldWrite(photo: Sharp, orientation = 6): Promise<Buffer> {
  return photo
    .withMetadata({ orientation })
    .withExifMerge({
      IFD0: { Model: "Redmi 9A" },
      IFD3: {
        GPSLatitudeRef: "N",
        GPSLatitude: "43/1 14/1 0/1",
        GPSLongitudeRef: "E",
        GPSLongitude: "76/1 56/1 0/1",
      },
    })
    .jpeg()
    .toBuffer();
}

/** The header of a PNG that says it is this large, and hardly anything behind it. */
export function hugePng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", Buffer.alloc(20)),
    chunk("IEND"),
  ]);
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
