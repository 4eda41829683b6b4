/*
 * What mbedtls4j changes in Mbed TLS 2.28's default configuration.
 *
 * Mbed TLS includes this file at the end of its own config.h (MBEDTLS_USER_CONFIG_FILE), so the source is compiled as
 * released. build-mbedtls.sh lists these options in mbedtls4j-native.properties.
 */
#ifndef MBEDTLS4J_CONFIG_H
#define MBEDTLS4J_CONFIG_H

/* Debian's additions: code that runs on the system library runs on this one. */
#define MBEDTLS_MD2_C
#define MBEDTLS_MD4_C
#define MBEDTLS_CMAC_C
#define MBEDTLS_SSL_DTLS_SRTP
#define MBEDTLS_THREADING_C
#define MBEDTLS_THREADING_PTHREAD

/* What Debian leaves out. */
#define MBEDTLS_ARIA_C
#define MBEDTLS_NIST_KW_C
#define MBEDTLS_ECJPAKE_C
#define MBEDTLS_KEY_EXCHANGE_ECJPAKE_ENABLED
#define MBEDTLS_SSL_DTLS_CONNECTION_ID
#define MBEDTLS_X509_TRUSTED_CERTIFICATE_CALLBACK

/* RFC 4279 section 5.3 demands pre-shared keys of up to 64 bytes; the default is 32. */
#define MBEDTLS_PSK_MAX_LEN 64

/* Project Everest's formally verified X25519: six times faster. It excludes the legacy layout of the ECDH context. */
#define MBEDTLS_ECDH_VARIANT_EVEREST_ENABLED
#undef MBEDTLS_ECDH_LEGACY_CONTEXT

/* Timing-jitter entropy: unsuitable for virtual machines, says upstream, and makes each new entropy context 50 times
   slower. Off by default upstream; Debian has it on. */
#undef MBEDTLS_HAVEGE_C

#endif
