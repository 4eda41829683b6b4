package io.github.mbedtls4j.jsse.internal;

import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionBindingEvent;
import javax.net.ssl.SSLSessionBindingListener;

/**
 * What applications bind to a session under names of their own. Guarded by its own lock, which no
 * listener is called under.
 */
final class SessionValues {
  private final SSLSession session;
  private final Map<String, Object> values = new HashMap<>();

  /** The values of a session, which listeners are told of. */
  SessionValues(SSLSession session) {
    this.session = session;
  }

  void put(String name, Object value) {
    if (name == null || value == null) {
      throw new IllegalArgumentException("arguments can not be null");
    }
    Object old;
    synchronized (values) {
      old = values.put(name, value);
    }
    unbound(name, old);
    if (value instanceof SSLSessionBindingListener listener) {
      listener.valueBound(new SSLSessionBindingEvent(session, name));
    }
  }

  Object get(String name) {
    if (name == null) {
      throw new IllegalArgumentException("argument can not be null");
    }
    synchronized (values) {
      return values.get(name);
    }
  }

  void remove(String name) {
    if (name == null) {
      throw new IllegalArgumentException("argument can not be null");
    }
    Object old;
    synchronized (values) {
      old = values.remove(name);
    }
    unbound(name, old);
  }

  private void unbound(String name, Object old) {
    if (old instanceof SSLSessionBindingListener listener) {
      listener.valueUnbound(new SSLSessionBindingEvent(session, name));
    }
  }

  String[] names() {
    synchronized (values) {
      return values.keySet().toArray(String[]::new);
    }
  }
}
