// Redis's metrics by redis_exporter, whose names the alerts use.
import { answers, exporterContainer } from '../exporter-container';
import { secret, secretFile, secretPath } from '../hardened-container';
import type { ExporterFactory } from '../operated';

const port = 9121;
const passwordsFile = 'passwords.json';

export const exporter: ExporterFactory = (input) => {
  const scheme = input.runs === 'aws' || input.runs === 'external' ? 'rediss' : 'redis';
  const server = `${input.host}:${input.port}`;
  const { user, passwordSecret } = input.monitor;
  return exporterContainer(input, {
    kind: 'redis',
    // The variant with a shell: the other has nothing to ask its health with.
    image: { repository: 'docker.io/oliver006/redis_exporter', tag: 'v1.88.0-alpine', digest: null },
    user: '59000:59000',
    command: [
      ...[`--redis.addr=${scheme}://${server}`, `--redis.user=${user}`],
      `--redis.password-file=${secretPath(passwordsFile)}`,
      // In a cloud it is reached by a name of the platform's own, which is in no certificate; the password goes to that address only.
      ...(scheme === 'rediss' ? ['--skip-tls-verification'] : []),
      // Else whoever reaches the port makes it connect to any address.
      '--disable-scrape-endpoint',
      '--exclude-latency-histogram-metrics',
    ],
    // The key is the address with the user: https://github.com/oliver006/redis_exporter#authenticating-with-redis
    secretFiles: [
      secretFile(
        passwordsFile,
        `{${JSON.stringify(`${scheme}://${user}@${server}`)}:"`,
        secret(passwordSecret),
        '"}\n',
      ),
    ],
    port,
    healthCheck: answers(port, '/health'),
    why: `Measures ${input.instance} as a user that reads its state and no key.`,
  });
};
