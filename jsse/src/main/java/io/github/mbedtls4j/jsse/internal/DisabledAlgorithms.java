package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.Curve;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.security.Security;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.XECKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.interfaces.DHKey;
import javax.crypto.spec.DHParameterSpec;

/**
 * A security property in the syntax of {@code jdk.tls.disabledAlgorithms}: names, patterns of
 * suites ({@code TLS_RSA_*}), minimal key sizes, and the inclusion of another property. What only
 * concerns certificates ({@code jdkCA}, {@code denyAfter}, most {@code usage}s) is left to the
 * trust manager, which reads the property itself. Immutable.
 */
final class DisabledAlgorithms implements AlgorithmConstraints {
  private static final Pattern INCLUDE = Pattern.compile("include\\s+(\\S+)");
  private static final Pattern ENTRY = Pattern.compile("(\\S+)(?:\\s+(.*))?");
  private static final Pattern SIZE =
      Pattern.compile("keysize\\s*(<=|<|==|!=|>=|>)\\s*(\\d+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern HANDSHAKE =
      Pattern.compile("usage\\s+handshakesignature", Pattern.CASE_INSENSITIVE);

  /** What TLS must not use; read once, as the JDK does. It needs the patterns above. */
  static final DisabledAlgorithms TLS = ofProperty("jdk.tls.disabledAlgorithms");

  /** Key sizes that an algorithm must not have. */
  private record SizeRule(String algorithm, IntPredicate refuses) {}

  private final Set<String> names = new HashSet<>();
  private final Set<String> handshakeSignatures = new HashSet<>();
  private final List<Pattern> suites = new ArrayList<>();
  private final List<SizeRule> sizes = new ArrayList<>();

  /** Names that were asked for before; there are only as many as suites, groups and schemes. */
  private final ConcurrentMap<String, Boolean> known = new ConcurrentHashMap<>();

  /** Reads a property's value; null disables nothing. */
  DisabledAlgorithms(String value) {
    read(value, true);
  }

  /** Reads a security property as it is now. */
  static DisabledAlgorithms ofProperty(String name) {
    return new DisabledAlgorithms(Security.getProperty(name));
  }

  private void read(String value, boolean mayInclude) {
    String list = value == null ? "" : value.trim();
    if (list.length() > 1 && list.startsWith("\"") && list.endsWith("\"")) {
      list = list.substring(1, list.length() - 1);
    }
    for (String entry : list.split(",", -1)) {
      Matcher include = INCLUDE.matcher(entry.trim());
      if (mayInclude && include.matches()) {
        read(Security.getProperty(include.group(1)), false);
      } else {
        Matcher matcher = ENTRY.matcher(entry.trim());
        if (matcher.matches()) {
          add(matcher.group(1), matcher.group(2));
        }
      }
    }
  }

  private void add(String algorithm, String condition) {
    String name = algorithm.toLowerCase(Locale.ROOT);
    if (condition == null) {
      if (name.startsWith("tls_") && name.contains("*")) {
        suites.add(Pattern.compile(("\\Q" + name + "\\E").replace("*", "\\E.*\\Q")));
      } else {
        names.add(name);
        if (name.equals("diffiehellman")) {
          // What its keys are called.
          names.add("dh");
        }
      }
      return;
    }
    if (HANDSHAKE.matcher(condition).matches()) {
      handshakeSignatures.add(name);
      return;
    }
    Matcher size = SIZE.matcher(condition);
    if (size.matches()) {
      sizes.add(new SizeRule(name, comparison(size.group(1), Integer.parseInt(size.group(2)))));
    }
  }

  private static IntPredicate comparison(String operator, int bits) {
    return switch (operator) {
      case "<" -> size -> size < bits;
      case "<=" -> size -> size <= bits;
      case "==" -> size -> size == bits;
      case "!=" -> size -> size != bits;
      case ">=" -> size -> size >= bits;
      default -> size -> size > bits;
    };
  }

  /** Whether a signature scheme, by its name in TLS, may sign a handshake. */
  boolean permitsHandshake(String scheme) {
    return !handshakeSignatures.contains(scheme.toLowerCase(Locale.ROOT));
  }

  @Override
  public boolean permits(
      Set<CryptoPrimitive> primitives, String algorithm, AlgorithmParameters parameters) {
    if (algorithm == null || algorithm.isEmpty()) {
      throw new IllegalArgumentException("No algorithm name specified");
    }
    if (!known.computeIfAbsent(algorithm, this::permitsName)) {
      return false;
    }
    return parameters == null || permitsSize(algorithm, size(parameters));
  }

  private boolean permitsName(String algorithm) {
    String name = algorithm.toLowerCase(Locale.ROOT);
    return !names.contains(name)
        && suites.stream().noneMatch(pattern -> pattern.matcher(name).matches())
        && AlgorithmParts.of(algorithm).stream().noneMatch(names::contains);
  }

  @Override
  public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
    return permits(primitives, key.getAlgorithm(), null)
        && permitsCurve(key)
        && permitsSize(key.getAlgorithm(), size(key));
  }

  private boolean permitsCurve(Key key) {
    if (key instanceof XECKey xec && xec.getParams() instanceof NamedParameterSpec named) {
      return !names.contains(named.getName().toLowerCase(Locale.ROOT));
    }
    if (key instanceof ECKey ec) {
      return Stream.of(Curve.values())
          .filter(curve -> curve.n().equals(ec.getParams().getOrder()))
          .noneMatch(curve -> names.contains(curve.standardName().toLowerCase(Locale.ROOT)));
    }
    return true;
  }

  @Override
  public boolean permits(
      Set<CryptoPrimitive> primitives, String algorithm, Key key, AlgorithmParameters parameters) {
    return permits(primitives, algorithm, parameters) && permits(primitives, key);
  }

  private boolean permitsSize(String algorithm, int bits) {
    if (bits < 0) {
      return true;
    }
    String name = algorithm.toLowerCase(Locale.ROOT);
    return sizes.stream()
        .noneMatch(rule -> same(rule.algorithm(), name) && rule.refuses().test(bits));
  }

  private static boolean same(String one, String other) {
    return one.equals(other) || (isDh(one) && isDh(other));
  }

  private static boolean isDh(String name) {
    return name.equals("dh") || name.equals("diffiehellman");
  }

  /** The size in bits; -1 if it is not known. */
  private static int size(AlgorithmParameters parameters) {
    try {
      return switch (parameters.getAlgorithm()) {
        case "EC" -> parameters.getParameterSpec(ECParameterSpec.class).getOrder().bitLength();
        case "DH", "DiffieHellman" ->
            parameters.getParameterSpec(DHParameterSpec.class).getP().bitLength();
        default -> -1;
      };
    } catch (InvalidParameterSpecException e) {
      return -1;
    }
  }

  private static int size(Key key) {
    if (key instanceof RSAKey rsa) {
      return rsa.getModulus().bitLength();
    }
    if (key instanceof ECKey ec) {
      return ec.getParams().getOrder().bitLength();
    }
    if (key instanceof DHKey dh) {
      return dh.getParams().getP().bitLength();
    }
    if (key instanceof DSAKey dsa) {
      return dsa.getParams() == null ? -1 : dsa.getParams().getP().bitLength();
    }
    if (key instanceof XECKey xec && xec.getParams() instanceof NamedParameterSpec named) {
      return named.getName().equalsIgnoreCase("X448") ? 448 : 255;
    }
    return -1;
  }
}
