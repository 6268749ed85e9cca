/** Why a token is refused that came with the wrong scheme: a bound one as Bearer (RFC 9449 7.2), or a free one as DPoP (RFC 9449 7.1). */
export class SchemeMismatch extends TypeError {}
