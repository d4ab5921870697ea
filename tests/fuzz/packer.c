/* SPDX-License-Identifier: ISC */
/*
 * packer.c - packer unpack DIRECTORY <PACKED: a file for each input.
 *            packer pack FILE... >PACKED: a line for each file.
 */
#include "packed.h"

#include <string.h>

static int unpack(const char *directory)
{
	unsigned char bytes[PACKED_MOST];
	char path[4096];
	long len;

	for (int n = 0; (len = packed_read(stdin, bytes)) != -1; n++) {
		FILE *out;

		snprintf(path, sizeof path, "%s/seed-%04d", directory, n);
		out = fopen(path, "wb");
		if (!out || fwrite(bytes, 1, (size_t)len, out) != (size_t)len ||
		    fclose(out) != 0) {
			perror(path);
			return 1;
		}
	}
	return 0;
}

static int pack(char *const *paths)
{
	unsigned char bytes[PACKED_MOST];

	for (; *paths; paths++) {
		FILE *in = fopen(*paths, "rb");

		if (!in) {
			perror(*paths);
			return 1;
		}
		packed_write(stdout, bytes, fread(bytes, 1, sizeof bytes, in));
		fclose(in);
	}
	return 0;
}

int main(int argc, char *argv[])
{
	if (argc == 3 && strcmp(argv[1], "unpack") == 0)
		return unpack(argv[2]);
	if (argc > 1 && strcmp(argv[1], "pack") == 0)
		return pack(argv + 2);
	fputs("usage: packer unpack DIRECTORY | pack FILE...\n", stderr);
	return 2;
}
