// Decides the settings of the proxy of a laptop, so that all connections at once and its cache fit into its memory.
import { fixed, type Tuned } from '../../catalog/tuned';

const module = 'https://nginx.org/en/docs';

export const workerConnections = 1024;
export const keepAliveConnections = 32;
export const cacheMiB = 128;
// The cache and what it writes while it serves live in memory, since the root file system is read-only.
export const temporaryMiB = 32;
// Eight buffers of 8 KiB for the answer, one more for its head, four of 8 KiB for a large request: nginx's own defaults.
const kibibytesPerRequest = 8 * 8 + 8 + 4 * 8;
const processesMiB = 24;

/** A request that is passed on holds two connections: its client's and the service's. */
const requests = workerConnections / 2;

export const proxyTuning: Tuned = {
  settings: [
    {
      name: 'worker_processes',
      value: '1',
      formula: '1 core of the limit',
      why: 'auto counts the processors of the machine, whatever the limit of the container is',
      source: `${module}/ngx_core_module.html#worker_processes`,
    },
    {
      name: 'worker_connections',
      value: String(workerConnections),
      formula: `${requests} requests at once × 2 connections`,
      why: 'a request that is passed on holds a connection to its client and one to the service',
      source: `${module}/ngx_core_module.html#worker_connections`,
    },
    {
      name: 'keepalive',
      value: String(keepAliveConnections),
      formula: fixed,
      why: 'connections to a service that are kept open, so that most requests need no new one',
      source: `${module}/http/ngx_http_upstream_module.html#keepalive`,
    },
    {
      name: 'proxy_cache_path max_size',
      value: `${cacheMiB}m`,
      formula: 'half of the memory',
      why: 'files of static sites; they lie in memory',
      source: `${module}/http/ngx_http_proxy_module.html#proxy_cache_path`,
    },
  ],
  memory: [
    {
      what: 'buffers of requests',
      mebibytes: Math.ceil((requests * kibibytesPerRequest) / 1024),
      arithmetic: `${requests} × ${kibibytesPerRequest} KiB`,
    },
    { what: 'cache of answers', mebibytes: cacheMiB, arithmetic: `${cacheMiB} MiB` },
    { what: 'files while they are written', mebibytes: temporaryMiB, arithmetic: `${temporaryMiB} MiB` },
    { what: 'master and worker', mebibytes: processesMiB, arithmetic: `${processesMiB} MiB` },
  ],
};
