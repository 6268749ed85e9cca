/**
 * Loads OpenTelemetry, about 110 ms and 13 MB where it is not bundled: only a gateway that records spans pays for it.
 */
export async function loadOpenTelemetry() {
  const [api, { resourceFromAttributes }, { AlwaysOnSampler, BasicTracerProvider, BatchSpanProcessor }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/sdk-trace-base'),
  ]);
  return { api, resourceFromAttributes, AlwaysOnSampler, BasicTracerProvider, BatchSpanProcessor };
}

/** What this lib uses of OpenTelemetry. */
export type OpenTelemetry = Awaited<ReturnType<typeof loadOpenTelemetry>>;
