// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/handles.hpp"

// Fixed forms and the bookkeeping of exposure, as the calls `assemble` and `exposure` give them.

namespace palier::host {

Json forms_json(const palier::Bank& bank, const palier::Plan& plan, const FormsRequest& request) {
    const Forms forms = assemble_forms(bank, plan, request, plan.solver);
    Json list = Json::array();
    for (const Form& form : forms.forms) {
        Json items = Json::array();
        for (const int item : form.items) items.push_back(bank[item].id);
        list.push_back({{"items", std::move(items)}, {"information", form.information}});
    }
    return {{"forms", std::move(list)},
            {"thetas", request.thetas},
            {"target", forms.target.empty() ? Json(nullptr) : Json(forms.target)},
            {"difference", forms.difference},
            {"proved", forms.proved},
            {"gap", forms.gap}};
}

FormsRequest forms_request(const ObjectReader& in) {
    FormsRequest request;
    request.forms = static_cast<int>(in.integer("forms", 1, 1, 100));
    if (in.has("thetas")) request.thetas = in.numbers("thetas", 1, 32);
    if (in.has("weights")) request.weights = in.numbers("weights", 1, 32);
    if (in.has("target")) request.target = in.numbers("target", 1, 32);
    return request;
}

Json exposure_json(const std::shared_ptr<const palier::Bank>& bank, const std::shared_ptr<const palier::Plan>& plan,
                   ExposureCounts counts, const Json& logs) {
    const ExposureRules rules = plan->exposure.value_or(ExposureRules{});
    if (counts.sessions.empty()) counts.sessions.assign(static_cast<std::size_t>(segment_count(rules)), 0);
    for (const Json& entry : logs) {
        const palier::Session session = palier::Session::resume(bank, plan, read_log(entry));
        counts = with_session(std::move(counts), rules, *bank, session.ineligible(), session.asked_at());
    }
    // With segments a session counts in each that it visited; where all sessions are not counted, rates are of visits.
    double sessions = counts.sessions.size() > 1 ? counts.total : 0;
    if (sessions == 0)
        for (const double n : counts.sessions) sessions += n;
    Json rates = Json::array();
    double length = 0;
    double shared = 0;
    for (const Item& item : bank->items()) {
        const auto found = counts.items.find(item.id);
        if (found == counts.items.end()) continue;
        double asked = 0;
        for (const double n : found->second.asked) asked += n;
        if (asked == 0) continue;
        rates.push_back({{"item", item.id}, {"rate", asked / sessions}});
        length += asked / sessions;
        shared += asked * (asked - 1);
    }
    const bool known = sessions > 1 && length > 0;
    return {{"counts", to_json(counts)},
            {"rates", std::move(rates)},
            {"overlap", known ? Json(shared / (sessions * (sessions - 1) * length)) : Json(nullptr)}};
}

}  // namespace palier::host
