// Kafka's metrics by kafka_exporter, whose names the alerts use: lag of consumer groups is known to no broker's own metrics.
import { authorityFile } from '../certificates';
import { answers, exporterContainer } from '../exporter-container';
import { secret, secretFile, secretPath } from '../hardened-container';
import type { ExporterFactory } from '../operated';

const port = 9308;
const argumentsFile = 'exporter.arguments';

export const exporter: ExporterFactory = (input) => {
  const isVerified = input.runs === 'container' || input.runs === 'operator';
  return exporterContainer(input, {
    kind: 'kafka',
    image: { repository: 'docker.io/danielqsj/kafka-exporter', tag: 'v1.9.0', digest: null },
    // `nobody` of the image: https://github.com/danielqsj/kafka_exporter/blob/master/Dockerfile
    user: '65534:65534',
    command: [
      `--kafka.server=${input.host}:${input.port}`,
      // The default, 2.0.0, makes it speak versions that Kafka 4 no longer does:
      // https://kafka.apache.org/40/documentation/#upgrade_servers
      '--kafka.version=4.0.0',
      ...['--sasl.enabled', '--sasl.mechanism=scram-sha512', `--sasl.username=${input.monitor.user}`],
      '--tls.enabled',
      // In a cloud the brokers are reached by a name that their certificate has not; SCRAM does not send the password.
      isVerified ? `--tls.ca-file=${authorityFile}` : '--tls.insecure-skip-tls-verify',
      // A file of arguments, one a line, so that the list of processes does not show the password:
      // https://pkg.go.dev/github.com/alecthomas/kingpin/v2#ExpandArgsFromFile
      `@${secretPath(argumentsFile)}`,
    ],
    verifies: isVerified,
    secretFiles: [secretFile(argumentsFile, '--sasl.password=', secret(input.monitor.passwordSecret), '\n')],
    port,
    healthCheck: answers(port, '/healthz'),
    why: `Measures ${input.instance}: replicas of its partitions and how far consumers are behind.`,
  });
};
