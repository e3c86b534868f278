// ClickHouse serves its metrics itself, so there is no container beside it.
import type { ExporterFactory } from '../operated';

// https://clickhouse.com/docs/guides/sre/network-ports
export const metricsPort = 9363;

export const exporter: ExporterFactory = ({ host, runs }) =>
  runs === 'container' || runs === 'operator' ? { container: null, host, port: metricsPort, path: '/metrics' } : null;
