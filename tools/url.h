/* SPDX-License-Identifier: ISC */
/* url.h - the host and port of a URL. Pure. */
#ifndef SOCKET6_TOOL_URL_H
#define SOCKET6_TOOL_URL_H

struct url {
	char host[256];	  /* with brackets, if it has any */
	char service[32]; /* the port, else the scheme */
};

/* Whether a text begins as a URL that has a host. */
int url_is(const char *text);

/*
 * Reads what such a text says about the server (RFC 3986 section 3.2); what a
 * user name and password are does not matter to that. Returns 0, or -1 for none.
 */
int url_read(struct url *url, const char *text);

#endif
