// MongoDB's metrics by Percona's mongodb_exporter inside Grafana Alloy: alone it reads its password from no file.
import { authorityFile } from '../certificates';
import { exporterContainer } from '../exporter-container';
import { scratch, secret, secretFile, secretPath } from '../hardened-container';
import type { ExporterFactory } from '../operated';

const port = 12345;
const configurationFile = 'exporter.alloy';

export const exporter: ExporterFactory = (input) => {
  // DocumentDB answers neither of the two commands that are asked here.
  if (input.runs === 'aws') return null;
  const isVerified = input.runs === 'container' || input.runs === 'operator';
  // https://www.mongodb.com/docs/manual/reference/connection-string-options/#tls-options
  const options = `authSource=admin${isVerified ? `&tls=true&tlsCAFile=${authorityFile}` : ''}`;
  return exporterContainer(input, {
    kind: 'mongodb',
    image: { repository: 'docker.io/grafana/alloy', tag: 'v1.19.2', digest: null },
    // `alloy` of its image: https://github.com/grafana/alloy/blob/main/Dockerfile
    user: '473:473',
    command: [
      ...['run', '--disable-reporting', '--storage.path=/tmp/alloy', `--server.http.listen-addr=0.0.0.0:${port}`],
      // Else whoever reaches the port takes a profile of the process, or a bundle that holds its configuration in plain text:
      // https://grafana.com/docs/alloy/latest/troubleshoot/support_bundle/
      ...['--server.http.enable-pprof=false', '--server.http.disable-support-bundle'],
      secretPath(configurationFile),
    ],
    // https://grafana.com/docs/alloy/latest/reference/components/prometheus/prometheus.exporter.mongodb/
    secretFiles: [
      secretFile(
        configurationFile,
        'logging {\n  level = "warn"\n}\n\nprometheus.exporter.mongodb "instance" {\n',
        `  mongodb_uri = ${JSON.stringify(`mongodb://${input.monitor.user}:`).slice(0, -1)}`,
        { ...secret(input.monitor.passwordSecret), encoding: 'url' },
        `${JSON.stringify(`@${input.host}:${input.port}/?${options}`).slice(1)}\n`,
        `  direct_connect = ${String(input.runs === 'container')}\n`,
        // Statistics of collections need rights on data.
        '  collect_all = false\n  compatible_mode = false\n  discovering_mode = false\n',
        '  enable_diagnostic_data = true\n  enable_replicaset_status = true\n}\n',
      ),
    ],
    verifies: isVerified,
    writableFolders: [scratch('tmp', '/tmp', 32)],
    memoryMiB: 256,
    port,
    path: '/api/v0/component/prometheus.exporter.mongodb.instance/metrics',
    healthCheck: {
      // By bash itself, since the image has no client of HTTP.
      command: ['/bin/bash', '-c', `: < /dev/tcp/127.0.0.1/${port}`],
      intervalSeconds: 15,
      timeoutSeconds: 5,
      startPeriodSeconds: 20,
      retries: 3,
    },
    why: `Measures ${input.instance} as a user that reads the state of the cluster and no collection.`,
  });
};
