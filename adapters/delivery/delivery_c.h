/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PALIER_DELIVERY_C_H
#define PALIER_DELIVERY_C_H

/* The delivery of a test for hosts that are not C++, WebAssembly first: JSON text in and out (UTF-8),
   calls in docs/delivery.md. One test and one attempt at a time. What is returned lives until the next
   call. Not thread-safe. */

#ifdef __cplusplus
extern "C" {
#endif
const char* palier_delivery(const char* request_json);
#ifdef __cplusplus
}
#endif
#endif
