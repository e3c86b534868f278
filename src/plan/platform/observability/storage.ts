// Decides the disk of a Prometheus from what it keeps.

// https://prometheus.io/docs/prometheus/latest/storage/#operational-aspects: 1 to 2 bytes a sample.
const bytesPerSample = 2;
/** A Node.js process with its histograms, and what kube-state-metrics and cAdvisor say of its pod. */
const seriesPerPod = 2500;
/** The exporters, the nodes and the watching servers. */
const otherSeries = 50_000;
const bytesPerMiB = 1_048_576;
const stepMiB = 10 * 1024;

/** retention × samples a second × bytes a sample, half of it again for the write-ahead log and compaction, in steps of 10 GiB. */
export function decideStorageMiB(pods: number, retentionSeconds: number, intervalSeconds: number): number {
  const samplesPerSecond = (pods * seriesPerPod + otherSeries) / intervalSeconds;
  const bytes = retentionSeconds * samplesPerSecond * bytesPerSample * 1.5;
  return Math.ceil(bytes / bytesPerMiB / stepMiB) * stepMiB;
}
