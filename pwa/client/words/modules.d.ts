/** The version in pyproject.toml, put there by the build. */
declare const __CAIRN_VERSION__: string;
