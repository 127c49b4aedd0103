/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PALIER_CALL_C_H
#define PALIER_CALL_C_H

/* The calls of docs/host-calls.md for hosts that are not C++, WebAssembly first: what `palier call` takes and answers,
   JSON text in and out (UTF-8); a refusal is {"error":{"type","message"}}. What is returned lives until the next call.
   Not thread-safe. */

#ifdef __cplusplus
extern "C" {
#endif
const char* palier_call(const char* request_json);
#ifdef __cplusplus
}
#endif
#endif
