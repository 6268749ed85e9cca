/**
 * Loads the provider package and keeps its one remark about the age of the runtime off the console: the package is
 * tested on every Node version that the project supports.
 */
export async function loadProvider(): Promise<typeof import('oidc-provider')> {
  const { warn } = console;
  console.warn = (...words: unknown[]) => {
    if (!String(words[0]).includes('Unsupported runtime')) warn(...words);
  };
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}
