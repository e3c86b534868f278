// Ports of a ClickHouse server: https://clickhouse.com/docs/guides/sre/network-ports

/** HTTPS, which services speak. */
export const port = 8443;

/** The native protocol by TLS, which the command-line client speaks. */
export const nativePort = 9440;
