/** Just enough of a browser's memory for one login: names and values; paths and lifetimes do not matter within seconds. */
export class CookieJar {
  private readonly cookies = new Map<string, string>();

  /** Keeps what an answer sets, and forgets what it deletes. */
  keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';', 1);
      const at = pair.indexOf('=');
      const name = pair.slice(0, at).trim();
      const value = pair.slice(at + 1);
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }

  /** The Cookie header for the next request. */
  header(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}
