/** Made by scripts/catalogue-addresses.ts: where browsers find each language's catalogue, itself first. Empty in development. */
declare module "virtual:catalogue-addresses" {
  export const CATALOGUE_ADDRESSES: Readonly<Record<string, readonly string[] | undefined>>;
}
