package dev.howdah.examples.shop;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Customers of the demo: most of them well-behaved, a few of each kind that fails. */
final class Load {

  static final int REQUESTS = 3000;
  private static final int THREADS = 3;

  private final int port;

  Load(int port) {
    this.port = port;
  }

  void run() throws InterruptedException {
    Thread[] customers = new Thread[THREADS];
    for (int t = 0; t < THREADS; t++) {
      int first = t;
      customers[t] = new Thread(() -> requests(first), "customer-" + t);
      customers[t].start();
    }
    for (Thread customer : customers) {
      customer.join();
    }
  }

  private void requests(int first) {
    HttpClient client = HttpClient.newHttpClient();
    try {
      for (int i = first; i < REQUESTS; i += THREADS) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path(i))).build();
        client.send(request, HttpResponse.BodyHandlers.discarding());
      }
    } catch (IOException e) {
      throw new IllegalStateException("the shop does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String path(int i) {
    int customer = i % 50;
    if (i % 300 == 7) {
      return "/report?customer=" + customer;
    }
    if (i % 100 == 17) {
      return "/order?customer=x" + customer + "&ref=r" + i + "&product=1";
    }
    if (i % 250 == 3) {
      return "/cart?customer=" + customer;
    }
    if (i % 60 == 23) {
      return "/label?customer=" + customer;
    }
    if (i % 90 == 31) {
      return "/order?customer=1&ref=again&product=2";
    }
    int product = i % 40 == 13 ? 13 : 1 + i % 10;
    return "/order?customer=" + customer + "&ref=r" + i + "&product=" + product;
  }
}
