/** Answers that need nothing of the application: its files are behind the sign-in, too. */
import type { ServerResponse } from 'node:http';

export function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(`${text}\n`);
}

export function page(response: ServerResponse, status: number, title: string, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title} · heatprobe</title>
<style>:root{color-scheme:dark light;--bg:#0b0d12;--text:#e8ebf1;--muted:#9aa4b5}
@media(prefers-color-scheme:light){:root{--bg:#fbfbfc;--text:#14171d;--muted:#525c6b}}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--bg);color:var(--text);font:15px/1.6 system-ui,sans-serif}
main{max-width:34rem;padding:2rem}h1{font-size:20px;font-weight:500;margin:0 0 .5rem}p{margin:0;color:var(--muted)}</style>
<main><h1>${title}</h1><p>${text}</p></main></html>`);
}
