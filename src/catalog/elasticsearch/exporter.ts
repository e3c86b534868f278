// Elasticsearch's metrics by elasticsearch_exporter, whose names the alerts use.
import { authorityFile } from '../certificates';
import { answers, exporterContainer } from '../exporter-container';
import { secret, secretFile, secretPath } from '../hardened-container';
import type { ExporterFactory } from '../operated';

const port = 9114;
const argumentsFile = 'exporter.arguments';

export const exporter: ExporterFactory = (input) => {
  const isVerified = input.runs === 'container' || input.runs === 'operator';
  const { user, passwordSecret } = input.monitor;
  return exporterContainer(input, {
    kind: 'elasticsearch',
    image: { repository: 'docker.io/prometheuscommunity/elasticsearch-exporter', tag: 'v1.11.0', digest: null },
    // `nobody` of the image: https://github.com/prometheus-community/elasticsearch_exporter/blob/master/Dockerfile
    user: '65534:65534',
    command: [
      '--es.all',
      // In a cloud it is reached by a name that its certificate has not.
      isVerified ? `--es.ca=${authorityFile}` : '--es.ssl-skip-verify',
      // A file of arguments, one a line, so that the list of processes does not show the password:
      // https://pkg.go.dev/github.com/alecthomas/kingpin/v2#ExpandArgsFromFile
      `@${secretPath(argumentsFile)}`,
    ],
    verifies: isVerified,
    secretFiles: [
      secretFile(
        argumentsFile,
        `--es.uri=https://${user}:`,
        { ...secret(passwordSecret), encoding: 'url' },
        `@${input.host}:${input.port}\n`,
      ),
    ],
    port,
    healthCheck: answers(port, '/healthz'),
    why: `Measures ${input.instance} as a user that reads its state and no index.`,
  });
};
