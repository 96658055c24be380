package dev.whileaway.aggregator.edge.pages;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import dev.whileaway.v1.Profile;

/// What one kind of link does for the user whom it names. May block.
interface UserPage {

  /// @param posted a GET only shows
  HttpResponse answer(Profile profile, AggregatedHttpRequest request, boolean posted);
}
