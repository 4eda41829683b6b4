package io.github.mbedtls4j.jsse.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import javax.net.ssl.SSLParameters;

/** The methods of SSLParameters that came after JDK 17; on an older JDK they do nothing. */
final class NewParameters {
  private static final MethodHandle GET_SCHEMES = getter("getSignatureSchemes");
  private static final MethodHandle SET_SCHEMES = setter("setSignatureSchemes");
  private static final MethodHandle GET_GROUPS = getter("getNamedGroups");
  private static final MethodHandle SET_GROUPS = setter("setNamedGroups");

  private NewParameters() {}

  /** JDK 19: null for the defaults. */
  static String[] signatureSchemes(SSLParameters parameters) {
    return get(GET_SCHEMES, parameters);
  }

  /** JDK 19. */
  static void setSignatureSchemes(SSLParameters parameters, String[] names) {
    set(SET_SCHEMES, parameters, names);
  }

  /** JDK 20: null for the defaults. */
  static String[] namedGroups(SSLParameters parameters) {
    return get(GET_GROUPS, parameters);
  }

  /** JDK 20. */
  static void setNamedGroups(SSLParameters parameters, String[] names) {
    set(SET_GROUPS, parameters, names);
  }

  private static MethodHandle getter(String name) {
    return find(name, MethodType.methodType(String[].class));
  }

  private static MethodHandle setter(String name) {
    return find(name, MethodType.methodType(void.class, String[].class));
  }

  private static MethodHandle find(String name, MethodType type) {
    try {
      return MethodHandles.publicLookup().findVirtual(SSLParameters.class, name, type);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  private static String[] get(MethodHandle handle, SSLParameters parameters) {
    try {
      return handle == null ? null : (String[]) handle.invokeExact(parameters);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  private static void set(MethodHandle handle, SSLParameters parameters, String[] names) {
    try {
      if (handle != null && names != null) {
        handle.invokeExact(parameters, names);
      }
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  /** What a subclass of the application throws passes through. */
  private static RuntimeException unexpected(Throwable t) {
    if (t instanceof Error error) {
      throw error;
    }
    return t instanceof RuntimeException e ? e : new IllegalStateException(t);
  }
}
