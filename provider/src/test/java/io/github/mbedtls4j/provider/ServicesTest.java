package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.provider.internal.ServiceSpec;
import io.github.mbedtls4j.provider.internal.Services;
import java.security.Provider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServicesTest {
  private static final MbedTlsProvider PROVIDER = new MbedTlsProvider();

  @Test
  void everyServiceConstructs() throws Exception {
    for (Provider.Service service : PROVIDER.getServices()) {
      Object spi = service.newInstance(null);
      assertEquals(service.getClassName(), spi.getClass().getName(), service.toString());
    }
  }

  @Test
  void noNameTwice() {
    Map<String, ServiceSpec> owners = new HashMap<>();
    for (ServiceSpec spec : Services.table()) {
      List<String> names = new ArrayList<>(spec.aliases());
      names.add(spec.name());
      for (String name : names) {
        String key = spec.type() + "." + name.toUpperCase(Locale.ROOT);
        assertNull(owners.put(key, spec), key);
      }
    }
  }

  /** What another provider calls by a name of ours is the same algorithm. */
  @Test
  void aliasesMeanWhatTheJdkMeans() {
    List<Provider> jdk =
        List.of(
            java.security.Security.getProvider("SUN"),
            java.security.Security.getProvider("SunJCE"),
            java.security.Security.getProvider("SunRsaSign"),
            java.security.Security.getProvider("SunEC"));
    for (Provider.Service service : PROVIDER.getServices()) {
      for (Provider provider : jdk) {
        Provider.Service theirs = provider.getService(service.getType(), service.getAlgorithm());
        if (theirs == null) {
          continue;
        }
        String prefix = "Alg.Alias." + service.getType() + ".";
        for (Map.Entry<Object, Object> entry : provider.entrySet()) {
          String key = entry.getKey().toString();
          if (key.startsWith(prefix) && entry.getValue().equals(theirs.getAlgorithm())) {
            String alias = key.substring(prefix.length());
            Provider.Service ours = PROVIDER.getService(service.getType(), alias);
            assertNotNull(ours, service.getType() + " lacks the alias " + alias);
            assertEquals(service.getAlgorithm(), ours.getAlgorithm(), alias);
          }
        }
      }
    }
  }

  @Test
  void offersTheTableButForWhatTheLibraryLacks() {
    Set<String> withheld = new HashSet<>();
    Set<String> offered = new HashSet<>();
    for (ServiceSpec spec : Services.table()) {
      String name = spec.type() + "." + spec.name();
      if (spec.supported()) {
        offered.add(name);
      } else {
        withheld.add(name + ": needs " + spec.needs());
      }
    }
    assertEquals(withheld, new HashSet<>(PROVIDER.withheldServices()));
    Set<String> registered = new HashSet<>();
    PROVIDER.getServices().forEach(s -> registered.add(s.getType() + "." + s.getAlgorithm()));
    assertEquals(offered, registered);
    assertTrue(offered.contains("Cipher.AES/GCM/NoPadding"));
  }

  @Test
  void serviceLoaderFindsTheProvider() {
    assertTrue(
        ServiceLoader.load(Provider.class).stream()
            .anyMatch(found -> found.type() == MbedTlsProvider.class));
  }

  @Test
  void tellsItsLibrary() {
    assertTrue(PROVIDER.getInfo().toLowerCase(Locale.ROOT).matches(".*mbed tls 2\\.28\\.\\d+.*"));
    assertEquals("MbedTLS", PROVIDER.getName());
    assertFalse(PROVIDER.getServices().isEmpty());
    assertInstanceOf(Provider.class, PROVIDER);
  }
}
