// Chromium on the platform's page and picture, without a network: what it says, opens and finds, on a phone and a desk, light and dark.
import { join } from 'node:path';
import { closeBrowser, inspectPage, inspectPicture } from '../browser.mjs';
import { swap } from '../mutate.mjs';
import { matching, withFolder } from '../tree.mjs';

const page = /(?:^|\/)platform\/platform\.html$/;
const picture = /(?:^|\/)platform\/architecture\.svg$/;

export const judge = {
  name: 'browser',
  about:
    'platform.html without errors, requests or sideways scrolling at 320 px, by mouse and keys, contrast AA; architecture.svg',
  platform: true,
  subjects: (tree) => new Map([...matching(tree, page), ...matching(tree, picture)]),
  examine: (tree) =>
    withFolder(tree, async (folder) => {
      const findings = [];
      for (const path of tree.keys()) {
        const inspect = page.test(path) ? inspectPage : inspectPicture;
        for (const message of await inspect(join(folder, path))) findings.push({ file: path, message });
      }
      return findings;
    }),
  mutants: [
    {
      name: 'script that the policy does not know',
      mutate: swap(page, '</body>', '<script>1</script></body>'),
      must: /console: .*Content Security Policy/,
    },
    {
      name: 'picture from the network',
      mutate: swap(page, '</body>', '<img src="https://example.invalid/x.png" alt=""></body>'),
      must: /console: |asks https/,
    },
    {
      name: 'drawing that does not scroll by itself',
      mutate: swap(page, /class="drawing"/g, 'class="drawn"'),
      must: /320 px, .*: the page scrolls sideways/,
    },
    {
      name: 'box without anything behind it',
      mutate: swap(page, /"id":"service\//g, '"id":"other/'),
      must: /does not open by/,
    },
    {
      name: 'service without its decisions',
      mutate: swap(page, /"decisions":\[\[.*?\]\]/g, '"decisions":[]'),
      must: /shows no decision/,
    },
    {
      name: 'grey on grey',
      mutate: (tree) =>
        swap(page, /style-src 'sha256-[^']+'|style-src &apos;sha256-[^;]+&apos;/, "style-src 'unsafe-inline'")(tree) &&
        swap(page, '</head>', '<style>header p { color: #aab0b8 }</style></head>')(tree),
      must: /contrast 2/,
    },
    {
      name: 'name longer than its box',
      mutate: swap(page, /(<text class="name"[^>]*>)/, '$1a-name-that-is-far-too-long-for-'),
      must: /wider than its box/,
    },
    { name: 'picture that is no XML', mutate: swap(picture, '</g>', ''), must: /no XML/ },
    {
      name: 'boxes upon each other',
      mutate: swap(
        picture,
        /(class="box" x=")(\d+)(" y=")(\d+)([\s\S]*?class="box" x=")\d+(" y=")\d+/,
        '$1$2$3$4$5$2$6$4',
      ),
      must: /boxes overlap/,
    },
    {
      name: 'picture without a description',
      mutate: swap(picture, /<desc[\s\S]*?<\/desc>/, ''),
      must: /no title or no description/,
    },
  ],
  end: closeBrowser,
};
