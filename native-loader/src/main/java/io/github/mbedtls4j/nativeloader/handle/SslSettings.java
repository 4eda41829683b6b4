package io.github.mbedtls4j.nativeloader.handle;

import java.util.List;

/**
 * What a TLS connection is set up with.
 *
 * @param client the endpoint
 * @param minVersion the lowest minor version: 1, 2, 3 for TLS 1.0, 1.1, 1.2
 * @param maxVersion the highest minor version
 * @param suites IANA numbers, most wanted first
 * @param groups {@code mbedtls_ecp_group_id} values, most wanted first
 * @param hashes the hashes of signatures, most wanted first
 * @param protocols ALPN names, most wanted first; empty for none
 * @param serverName the name that a client sends as SNI; null for none
 * @param requestCertificate whether a server asks for a client certificate
 */
public record SslSettings(
    boolean client,
    int minVersion,
    int maxVersion,
    List<Integer> suites,
    List<Integer> groups,
    List<Hash> hashes,
    List<String> protocols,
    String serverName,
    boolean requestCertificate) {}
