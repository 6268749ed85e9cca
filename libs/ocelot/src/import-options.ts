/** What an Ocelot configuration does not say because it stands in the code of its host. */
export interface ImportOptions {
  /** Names of the authentication schemes, which become names of issuers. Absent: any name is taken for a registered one, and the report asks for its issuer. Empty: none is registered. */
  readonly schemes?: readonly string[];
  /** What a discovery provider written in code finds: origins of the instances, as `http://10.0.0.7:4001`, by the name of the service. */
  readonly services?: Readonly<Record<string, readonly string[]>>;
  /** Base URL of the Eureka server, as `http://localhost:8761/eureka`; Ocelot reads it from elsewhere. */
  readonly eureka?: string;
  /** Names of the delegating handlers that are registered for every route, in the order of their registration. */
  readonly globalHandlers?: readonly string[];
}
