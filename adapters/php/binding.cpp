// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/php/binding.hpp"

#include <php.h>

#include <zend_exceptions.h>
#include <zend_interfaces.h>
#include <ext/spl/spl_exceptions.h>
#include <ext/standard/info.h>

#include <cmath>
#include <cstdlib>
#include <exception>
#include <new>
#include <stdexcept>

#include "adapters/host/host.hpp"
#include "engine/errors.hpp"

namespace palier::php {
namespace {

zend_class_entry* exception_class = nullptr;
zend_class_entry* bank_exception_class = nullptr;
zend_class_entry* plan_exception_class = nullptr;
zend_class_entry* log_exception_class = nullptr;
zend_class_entry* argument_exception_class = nullptr;

zend_class_entry* register_exception(const char* name, zend_class_entry* parent) {
    zend_class_entry entry;
    INIT_CLASS_ENTRY_EX(entry, name, strlen(name), nullptr);
    return zend_register_internal_class_ex(&entry, parent);
}

void raise(zend_class_entry* type, const char* message) { zend_throw_exception(type, message, 0); }

// A static method that gives its own class.
bool is_factory(const zend_class_entry* entry, const zend_function* method) {
    if ((method->common.fn_flags & (ZEND_ACC_STATIC | ZEND_ACC_HAS_RETURN_TYPE)) !=
        (ZEND_ACC_STATIC | ZEND_ACC_HAS_RETURN_TYPE))
        return false;
    const zend_type type = method->common.arg_info[-1].type;
    return ZEND_TYPE_HAS_NAME(type) && zend_string_equals_ci(ZEND_TYPE_NAME(type), entry->name);
}

zend_function* no_constructor(zend_object* object) {
    refuse_construction(object->ce);
    return nullptr;
}

void module_info(zend_module_entry*) {
    php_info_print_table_start();
    php_info_print_table_row(2, "palier", "enabled");
    php_info_print_table_row(2, "Engine version", host::version().c_str());
    php_info_print_table_row(2, "Largest bank file (bytes)", std::to_string(largest_bank_file).c_str());
    php_info_print_table_end();
}

}  // namespace

BankCache& opened_banks() {
    static BankCache banks(64, largest_bank_file);
    return banks;
}

bool paths_are_limited() { return PG(open_basedir) != nullptr && *PG(open_basedir) != '\0'; }
bool path_allowed(const std::string& path) { return php_check_open_basedir_ex(path.c_str(), 0) == 0; }

void register_exceptions() {
    exception_class = register_exception("PalierException", spl_ce_RuntimeException);
    bank_exception_class = register_exception("PalierBankException", exception_class);
    plan_exception_class = register_exception("PalierPlanException", exception_class);
    log_exception_class = register_exception("PalierLogException", exception_class);
    argument_exception_class = register_exception("PalierArgumentException", exception_class);
}

void describe_module() {
    static const std::string version = host::version();
    EG(current_module)->version = version.c_str();
    EG(current_module)->info_func = module_info;
}

void close_class(zend_class_entry* entry, zend_object_handlers& handlers) {
    entry->ce_flags |= ZEND_ACC_FINAL | ZEND_ACC_NOT_SERIALIZABLE;
    // SWIG's marker interface is in no class table, so Reflection can reach a class that PHP does not know.
    std::free(entry->interfaces);
    entry->interfaces = nullptr;
    entry->num_interfaces = 0;
    entry->ce_flags &= ~static_cast<uint32_t>(ZEND_ACC_RESOLVED_INTERFACES);

    handlers.get_constructor = no_constructor;
    handlers.compare = zend_objects_not_comparable;
}

void refuse_construction(zend_class_entry* entry) {
    std::string factories;
    zval* element = nullptr;
    ZEND_HASH_FOREACH_VAL(&entry->function_table, element) {
        const auto* method = static_cast<const zend_function*>(Z_PTR_P(element));
        if (!is_factory(entry, method)) continue;
        if (!factories.empty()) factories += ", ";
        factories.append(ZSTR_VAL(entry->name))
            .append("::")
            .append(ZSTR_VAL(method->common.function_name))
            .append("()");
    }
    ZEND_HASH_FOREACH_END();
    if (factories.empty())
        zend_throw_error(nullptr, "%s has only static methods and is not made by new", ZSTR_VAL(entry->name));
    else
        zend_throw_error(nullptr, "%s is not made by new; use %s", ZSTR_VAL(entry->name), factories.c_str());
}

void refuse_empty(const zend_class_entry* entry) {
    zend_throw_error(nullptr, "%s: the object was made without its factory and holds nothing", ZSTR_VAL(entry->name));
}

void refuse_count(zend_execute_data* call) {
    zend_wrong_parameters_count_error(call->func->common.required_num_args, call->func->common.num_args);
}

void throw_current() {
    try {
        throw;
    } catch (const BankError& error) {
        raise(bank_exception_class, error.what());
    } catch (const PlanError& error) {
        raise(plan_exception_class, error.what());
    } catch (const LogError& error) {
        raise(log_exception_class, error.what());
    } catch (const ArgumentError& error) {
        raise(argument_exception_class, error.what());
    } catch (const Error& error) {
        raise(exception_class, error.what());
    } catch (const std::invalid_argument& error) {
        raise(zend_ce_value_error, error.what());
    } catch (const std::bad_alloc&) {
        raise(exception_class, "not enough memory");
    } catch (const std::exception& error) {
        raise(exception_class, error.what());
    } catch (...) {
        raise(exception_class, "unknown C++ exception");
    }
}

bool to_string(zval* argument, std::uint32_t position, std::string_view& value) {
    if (Z_TYPE_P(argument) != IS_STRING) {
        zend_argument_type_error(position, "must be of type string, %s given", zend_zval_type_name(argument));
        return false;
    }
    value = {Z_STRVAL_P(argument), Z_STRLEN_P(argument)};
    return true;
}

bool to_int(zval* argument, std::uint32_t position, std::int64_t& value) {
    if (Z_TYPE_P(argument) != IS_LONG) {
        zend_argument_type_error(position, "must be of type int, %s given", zend_zval_type_name(argument));
        return false;
    }
    value = Z_LVAL_P(argument);
    return true;
}

bool to_numbers(zval* argument, std::uint32_t position, const char* name, std::vector<double>& values) {
    if (Z_TYPE_P(argument) != IS_ARRAY) {
        zend_argument_type_error(position, "must be of type array, %s given", zend_zval_type_name(argument));
        return false;
    }
    zend_array* array = Z_ARRVAL_P(argument);
    if (!zend_array_is_list(array)) {
        zend_argument_value_error(position, "must be a list");
        return false;
    }
    values.reserve(zend_hash_num_elements(array));
    zval* element = nullptr;
    ZEND_HASH_FOREACH_VAL(array, element) {
        ZVAL_DEREF(element);
        if (Z_TYPE_P(element) == IS_LONG) {
            values.push_back(static_cast<double>(Z_LVAL_P(element)));
        } else if (Z_TYPE_P(element) == IS_DOUBLE && std::isfinite(Z_DVAL_P(element))) {
            values.push_back(Z_DVAL_P(element));
        } else if (Z_TYPE_P(element) == IS_DOUBLE) {
            zend_value_error("%s[%zu]: expected a finite number, got %s", name, values.size(),
                             std::isnan(Z_DVAL_P(element)) ? "NAN"
                             : Z_DVAL_P(element) > 0       ? "INF"
                                                           : "-INF");
            return false;
        } else {
            zend_type_error("%s[%zu]: expected a number, got %s", name, values.size(), zend_zval_type_name(element));
            return false;
        }
    }
    ZEND_HASH_FOREACH_END();
    return true;
}

bool is_a(zval* argument, std::uint32_t position, const zend_class_entry* entry) {
    if (Z_TYPE_P(argument) == IS_OBJECT && Z_OBJCE_P(argument) == entry) return true;
    zend_argument_type_error(position, "must be of type %s, %s given", ZSTR_VAL(entry->name),
                             zend_zval_type_name(argument));
    return false;
}

void from_numbers(const std::vector<double>& values, zval* result) {
    array_init_size(result, static_cast<uint32_t>(values.size()));
    for (const double value : values) add_next_index_double(result, value);
}

}  // namespace palier::php
