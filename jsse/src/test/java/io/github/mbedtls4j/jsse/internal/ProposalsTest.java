package io.github.mbedtls4j.jsse.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.jsse.Forbid;
import io.github.mbedtls4j.nativeloader.MbedTls;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProposalsTest {
  private static final String GCM = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";

  @BeforeAll
  static void load() {
    MbedTls.load();
  }

  private static Settings<SSLEngine> settings(SSLParameters parameters) {
    Settings<SSLEngine> settings = new Settings<>(true, Protocol.DEFAULT);
    settings.apply(parameters);
    return settings;
  }

  private static SSLParameters only(String suite) {
    return new SSLParameters(new String[] {suite});
  }

  @Test
  void equalSettingsHaveOneProposal() throws Exception {
    Proposal proposal = Proposals.of(settings(only(GCM)), false);
    assertSame(proposal, Proposals.of(settings(only(GCM)), false));
    assertEquals(List.of(GCM), proposal.suites().stream().map(Suite::name).toList());
  }

  @Test
  void whatAProposalDependsOnMakesAnother() throws Exception {
    Proposal proposal = Proposals.of(settings(only(GCM)), false);
    assertNotSame(proposal, Proposals.of(settings(only(GCM)), true));
    SSLParameters old = only("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA");
    old.setProtocols(new String[] {"TLSv1.1", "TLSv1.2"});
    assertNotSame(proposal, Proposals.of(settings(old), false));
    Proposal more = Proposals.of(settings(new SSLParameters()), false);
    assertTrue(more.suites().size() > 1);
  }

  /** Those of an application may change their mind. */
  @Test
  void ownConstraintsAreAskedEachTime() throws Exception {
    Set<String> refused = new HashSet<>();
    SSLParameters parameters = only(GCM);
    parameters.setAlgorithmConstraints(new Forbid(refused::contains));
    assertFalse(Proposals.of(settings(parameters), false).suites().isEmpty());
    refused.add(GCM);
    assertThrows(Handshake.Refusal.class, () -> Proposals.of(settings(parameters), false));
    assertFalse(Proposals.of(settings(only(GCM)), false).suites().isEmpty());
  }

  /** More kinds than are remembered: all are still right. */
  @Test
  void manyKindsAreStillRight() throws Exception {
    for (String first : Suite.supportedNames()) {
      for (String second : List.of(GCM, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")) {
        SSLParameters parameters = new SSLParameters(new String[] {first, second});
        List<Suite> suites = Proposals.of(settings(parameters), true).suites();
        assertEquals(Proposal.of(settings(parameters), true).suites(), suites);
      }
    }
  }
}
