import { AbortError, HttpClient, HttpError, HttpResponse, type HttpRequest } from '@microsoft/signalr';

/** What the official client asks over HTTP, by the platform's fetch: its own needs packages that a test runner resolves in another way than Node. */
export class PlainHttpClient extends HttpClient {
  readonly #headers: Readonly<Record<string, string>>;

  /** @param headers sent with every request */
  constructor(headers: Readonly<Record<string, string>> = {}) {
    super();
    this.#headers = headers;
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    const abort = new AbortController();
    if (request.abortSignal) request.abortSignal.onabort = () => abort.abort();
    const init = { method: request.method ?? 'GET', headers: { ...this.#headers, ...request.headers }, signal: abort.signal, ...(request.content !== undefined && request.content !== '' && { body: request.content as string }) };
    try {
      const answer = await fetch(request.url ?? '', init);
      if (!answer.ok) throw new HttpError(await answer.text(), answer.status);
      return new HttpResponse(answer.status, answer.statusText, request.responseType === 'arraybuffer' ? await answer.arrayBuffer() : await answer.text());
    } catch (error) {
      throw abort.signal.aborted ? new AbortError() : error;
    }
  }
}
