/** Made by the build: one module for each language of the catalogue. */
declare module "catalogue:*" {
  const words: Readonly<Record<string, string | readonly string[]>>;
  export default words;
}

/** The version in pyproject.toml, put there by the build. */
declare const __CAIRN_VERSION__: string;
