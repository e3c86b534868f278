#!/usr/bin/env node
// Starts the command: one bundled file, with its compiled code cached between runs where Node can (22.8 and later).
'use strict';
require('node:module').enableCompileCache?.();
require('../lib/groundwork.cjs').main();
