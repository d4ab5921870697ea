// SPDX-License-Identifier: ISC
// html.mjs - looks at a site as its readers do, in Chromium.
//
// usage: node html.mjs MODULES [PICTURES] <LIST >FAULTS
//
// MODULES holds what npm installed; LIST names the pages, one a line; FAULTS
// are lines "PAGE: FAULT". In the folder PICTURES, if it is named, each page
// is left as pictures.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';

const [modules, pictures] = process.argv.slice(2);
const require = createRequire(resolve(modules) + '/');
const { chromium } = require('playwright-core');
const pa11y = require('pa11y');
const puppeteer = require('puppeteer');

const widths = [375, 1280];
const schemes = ['light', 'dark'];
const executablePath = '/usr/bin/chromium';
// As root there is no sandbox; the rest keeps Chromium from the network.
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic',
	'--no-first-run', '--disable-background-networking',
	'--disable-component-update', '--disable-sync'];

// Says in which windows the page is wider than they are.
async function wide(page, file) {
	const faults = [];

	await page.goto(`file://${file}`);
	for (const width of widths) {
		await page.setViewportSize({ width, height: 900 });
		const is = await page.evaluate(
			() => document.documentElement.scrollWidth);
		if (is > width)
			faults.push(`${is} pixels in a window of ${width}`);
		if (pictures)
			await take(page, `${pictures}/${basename(file)}-${width}`);
	}
	return faults;
}

async function take(page, picture) {
	for (const colorScheme of schemes) {
		await page.emulateMedia({ colorScheme });
		await page.screenshot({ fullPage: true,
			path: `${picture}-${colorScheme}.png` });
	}
}

// What pa11y finds: errors, and all that axe says of landmarks and headings,
// but not what it leaves to us: the text in a drawing has the page's colour.
async function unreadable(browser, page, file) {
	const faults = [];

	for (const value of schemes) {
		await page.emulateMediaFeatures(
			[{ name: 'prefers-color-scheme', value }]);
		const { issues } = await pa11y(`file://${file}`, { browser, page,
			runners: ['axe', 'htmlcs'], includeWarnings: true });
		for (const i of issues)
			if (i.runner === 'axe' ?
				!i.runnerExtras.needsFurtherReview :
				i.type === 'error')
				faults.push(`${value}: ${i.code}: ${i.message} ${i.selector}`);
	}
	return faults;
}

const files = readFileSync(0, 'utf8').split('\n').filter(Boolean);
const layout = await chromium.launch({ executablePath, args });
const reader = await puppeteer.launch({ executablePath, args });
const windowed = await layout.newPage();
const read = await reader.newPage();
for (const file of files)
	for (const fault of [...await wide(windowed, file),
		...await unreadable(reader, read, file)])
		console.log(`${basename(file)}: ${fault}`);
await layout.close();
await reader.close();
