/**
 * @typedef {object} ReceivedSpan a span, with what its resource says of whose it is
 * @property {string} service
 * @property {string} instance
 * @property {string} traceId
 * @property {string} spanId
 * @property {string} parentSpanId empty: it begins the trace
 * @property {string} name
 * @property {number} kind as OTLP counts them: 1 internal, 2 server, 3 client
 * @property {boolean} failed
 * @property {number} startMs
 * @property {number} endMs
 * @property {Record<string, unknown>} attributes
 */

/** @typedef {{ key: string, value: Record<string, unknown> }[]} Attributes */
/** @typedef {{ traceId: string, spanId: string, parentSpanId?: string, name: string, kind: number, startTimeUnixNano: string, endTimeUnixNano: string, attributes?: Attributes, status?: { code?: number } }} OtlpSpan */

const failedStatus = 2;

/**
 * The spans of an `ExportTraceServiceRequest` in JSON.
 * @param {{ resourceSpans: { resource?: { attributes?: Attributes }, scopeSpans: { spans: OtlpSpan[] }[] }[] }} request
 * @returns {ReceivedSpan[]}
 * @throws {TypeError} for anything else
 */
export function toSpans({ resourceSpans }) {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const of = valuesOf(resource?.attributes);
    return scopeSpans.flatMap(({ spans }) =>
      spans.map(({ traceId, spanId, parentSpanId = '', name, kind, startTimeUnixNano, endTimeUnixNano, attributes, status }) => ({
        service: String(of['service.name'] ?? ''),
        instance: String(of['service.instance.id'] ?? ''),
        traceId,
        spanId,
        parentSpanId,
        name,
        kind,
        failed: status?.code === failedStatus,
        startMs: Number(startTimeUnixNano) / 1e6,
        endMs: Number(endTimeUnixNano) / 1e6,
        attributes: valuesOf(attributes),
      })),
    );
  });
}

/**
 * @param {Attributes} [attributes]
 * @returns {Record<string, unknown>}
 */
function valuesOf(attributes = []) {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value['intValue'] === undefined ? Object.values(value)[0] : Number(value['intValue'])]));
}
