// Decides memory, heap, threads, disk and options of a process from its declared size.
import type { RuntimeSettings, SizeSettings } from '../model/settings';
import { secretLoader } from './build';
import type { Decisions } from './decisions';
import type { NameValue, ResourcesPlan, WritableFolder } from './types';

// Docs' own example gives the heap 75 % of the memory: https://nodejs.org/api/cli.html#--max-old-space-sizesize-in-mib
const heapShare = 0.75;
// Buffers, stacks and native code live beside the heap.
const outsideHeapMiB = 128;
const temporaryMiB = 64;
const logsMiB = 64;
// Request and limit alike: a pod over its request is the first to be evicted when a node's disk fills.
const ephemeralStorageMiB = logsMiB + temporaryMiB;

export interface ProcessPlan {
  readonly resources: ResourcesPlan;
  readonly heapMiB: number;
  readonly environment: readonly NameValue[];
  readonly writableFolders: readonly WritableFolder[];
}

/** The heap that a memory limit leaves. */
export function heapOf(limitMiB: number): number {
  return Math.max(16, Math.min(Math.floor(limitMiB * heapShare), limitMiB - outsideHeapMiB));
}

/**
 * One half of the young generation: an eighth of what lies outside the old one, as a power of two up to 64 MiB, since V8 takes
 * three halves and objects that die young are collected the cheaper the more room they have.
 */
export function semiSpaceOf(limitMiB: number, heapMiB: number): number {
  const eighth = Math.max(1, Math.floor((limitMiB - heapMiB) / 8));
  return Math.min(64, 2 ** Math.floor(Math.log2(eighth)));
}

export const temporaryFolder: WritableFolder = { name: 'tmp', path: '/tmp', sizeMiB: temporaryMiB, executable: false };

/** Resources of a container of a size, with the disk of its writable folders. */
export function resourcesOf(size: SizeSettings): ResourcesPlan {
  return {
    request: { cpuMillis: size.cpuMillis.request, memoryMiB: size.memoryMiB.request, ephemeralStorageMiB },
    limit: { cpuMillis: size.cpuMillis.limit, memoryMiB: size.memoryMiB.limit, ephemeralStorageMiB },
  };
}

/** What one process of Node.js gets. `from` is the declared size, for example `size` or `workers.ledger.size`. */
export function planProcess(
  size: SizeSettings,
  from: string,
  runtime: RuntimeSettings,
  decisions: Decisions,
): ProcessPlan {
  const limitMiB = size.memoryMiB.limit;
  const heapMiB = decisions.decide(runtime.heapMiB ?? heapOf(limitMiB), {
    path: 'heapMiB',
    unit: 'MiB',
    from: runtime.heapMiB === null ? `${from}.memory` : 'runtime.heap',
    by: runtime.heapMiB === null ? 'rule' : 'declaration',
    why:
      runtime.heapMiB === null
        ? `min(75% of ${limitMiB}, ${limitMiB} - ${outsideHeapMiB}): the rest is for buffers, stacks and native code`
        : 'declared',
    source: 'https://nodejs.org/api/cli.html#--max-old-space-sizesize-in-mib',
  });
  const threads = decisions.decide(Math.max(4, Math.min(16, 2 * Math.ceil(size.cpuMillis.limit / 1000))), {
    path: 'threadPoolSize',
    unit: 'threads',
    from: `${from}.cpu`,
    by: 'rule',
    why: `two per core of the limit (${size.cpuMillis.limit}m), at least libuv's own 4: file system, DNS and compression wait in it`,
    source: 'https://nodejs.org/api/cli.html#uv_threadpool_sizesize',
  });
  const semiSpaceMiB = decisions.decide(semiSpaceOf(limitMiB, heapMiB), {
    path: 'semiSpaceMiB',
    unit: 'MiB',
    from: `${from}.memory`,
    by: 'rule',
    why: `(${limitMiB} - ${heapMiB}) / 8, a power of two up to 64: V8 takes three of them beside the heap`,
    source: 'https://nodejs.org/api/cli.html#--max-semi-space-sizesize-in-mib',
  });
  const resultOrder = decisions.decide('ipv4first', {
    path: 'dnsResultOrder',
    by: 'rule',
    why: 'the networks of the platform are IPv4: an IPv6 address first costs a failed attempt',
    source: 'https://nodejs.org/api/cli.html#--dns-result-orderorder',
  });
  decisions.decide(size.memoryMiB.limit, {
    path: 'memoryLimitMiB',
    unit: 'MiB',
    from,
    why: 'limit of the declared size',
  });
  decisions.decide(size.memoryMiB.request, {
    path: 'memoryRequestMiB',
    unit: 'MiB',
    from,
    why: 'request of the declared size',
  });
  decisions.decide(size.cpuMillis.limit, {
    path: 'cpuLimitMillis',
    unit: 'm',
    from,
    why: 'limit of the declared size',
  });
  decisions.decide(size.cpuMillis.request, {
    path: 'cpuRequestMillis',
    unit: 'm',
    from,
    why: 'request of the declared size',
  });
  return {
    resources: resourcesOf(size),
    heapMiB,
    environment: [
      {
        name: 'NODE_OPTIONS',
        value: [
          `--max-old-space-size=${heapMiB}`,
          `--max-semi-space-size=${semiSpaceMiB}`,
          `--dns-result-order=${resultOrder}`,
          `--require=${secretLoader}`,
          ...runtime.nodeOptions,
        ].join(' '),
      },
      { name: 'UV_THREADPOOL_SIZE', value: String(threads) },
    ],
    writableFolders: [temporaryFolder],
  };
}

/** Variables that keep command-line tools from writing into a read-only home. */
export const toolEnvironment: readonly NameValue[] = [
  { name: 'HOME', value: '/tmp' },
  { name: 'npm_config_cache', value: '/tmp/.npm' },
  { name: 'npm_config_update_notifier', value: 'false' },
];
