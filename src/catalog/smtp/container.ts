// SMTP on a laptop: Mailpit takes every mail and delivers none.
import type { ContainerFactory } from '../container-input';
import { imageOf, scratch, server } from '../hardened-container';

// https://github.com/axllent/mailpit/tags
const tags = { '1': 'v1.30.5' };

export const container: ContainerFactory = (input) => [
  server(input, {
    name: input.name,
    kind: 'smtp',
    image: imageOf('axllent/mailpit', tags, input.version),
    // The image names no user, and the program needs none.
    user: '10001:10001',
    environment: [
      { name: 'MP_SMTP_BIND_ADDR', value: '0.0.0.0:1025' },
      // The interface that shows the mails, which tests of a service ask too: http://HOST:8025/api/v1/messages
      { name: 'MP_UI_BIND_ADDR', value: '0.0.0.0:8025' },
      { name: 'MP_MAX_MESSAGES', value: '500' },
      // Nothing of it goes outside.
      { name: 'MP_DISABLE_VERSION_CHECK', value: 'true' },
      { name: 'MP_BLOCK_REMOTE_CSS_AND_FONTS', value: 'true' },
    ],
    writableFolders: [scratch('tmp', '/tmp', 32)],
    ports: [
      { name: 'smtp', port: 1025 },
      { name: 'http', port: 8025 },
    ],
    healthCheck: {
      command: ['/mailpit', 'readyz'],
      intervalSeconds: 5,
      timeoutSeconds: 3,
      startPeriodSeconds: 10,
      retries: 5,
    },
    why: 'Catches mail: what a service sends on a laptop reaches nobody.',
  }),
];
