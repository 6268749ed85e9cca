/**
 * The configuration of the edge, its defaults filled in; `edge.schema.json` says what each member means.
 * @typedef {object} EdgeConfig
 * @property {string} address
 * @property {number} httpsPort
 * @property {number} httpPort
 * @property {number} publicPort
 * @property {string} runFolder
 * @property {number | 'auto'} workers
 * @property {{ readonly certificateFile: string, readonly keyFile: string, readonly clientCaFile?: string }} tls
 * @property {number} hstsMaxAgeS
 * @property {number} bodyBytes
 * @property {number} headerBytes
 * @property {number} connectTimeoutMs
 * @property {number} answerTimeoutMs
 * @property {number} shutdownGraceMs
 * @property {number} reloadGraceMs
 * @property {number} sampledPercent
 * @property {FirewallConfig} firewall
 * @property {Readonly<Record<string, PoolConfig>>} pools
 * @property {readonly SiteConfig[]} sites
 */

/**
 * @typedef {object} FirewallConfig
 * @property {'off' | 'detection' | 'prevention'} mode
 * @property {number} threshold
 * @property {number} fields
 */

/**
 * @typedef {object} PoolConfig
 * @property {string} [host]
 * @property {number} [port]
 * @property {readonly string[]} [instances]
 * @property {string} healthPath
 * @property {number} healthIntervalMs
 * @property {number} healthTimeoutMs
 * @property {number} healthyAfter
 * @property {number} unhealthyAfter
 * @property {'off' | 'cookie'} affinity
 * @property {number} maxFails
 * @property {number} failTimeoutMs
 */

/**
 * @typedef {object} SiteConfig
 * @property {readonly string[]} hosts
 * @property {string} [pool]
 * @property {'off' | 'optional' | 'required'} clientCertificates
 * @property {readonly PathConfig[]} paths
 */

/**
 * @typedef {object} PathConfig
 * @property {string} prefix
 * @property {string} [pool]
 * @property {boolean} closed
 * @property {string} [rewrite]
 * @property {number} [answerTimeoutMs]
 */

export {};
