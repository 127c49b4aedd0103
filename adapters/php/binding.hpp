// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What SWIG 4.1 leaves open between C++ and PHP: strict arguments, one family of exceptions, and
// classes that cannot be made, copied or stored without their C++ object. The wrapper that SWIG
// writes from palier.i calls these functions; none of them throws.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/php/bank_cache.hpp"

struct _zval_struct;
struct _zend_class_entry;
struct _zend_object_handlers;
struct _zend_execute_data;

namespace palier::php {

/// Banks that this worker has opened.
BankCache& opened_banks();

/// Whether PHP's open_basedir is set, and whether it lets this path be opened.
bool paths_are_limited();
bool path_allowed(const std::string& path);

/// Makes PalierException and its children known. At MINIT.
void register_exceptions();
/// Gives the module its version and its lines in phpinfo(). At MINIT.
void describe_module();
/// Makes a class that SWIG has just registered final, not serialisable, not comparable by value
/// and not constructible by `new`. At MINIT.
void close_class(_zend_class_entry* entry, _zend_object_handlers& handlers);
/// Throws the PHP Error of `new` on one of the classes: it names the factories.
void refuse_construction(_zend_class_entry* entry);
/// Throws the PHP Error for an object that has no C++ object.
void refuse_empty(const _zend_class_entry* entry);
/// Throws ArgumentCountError for the running method.
void refuse_count(_zend_execute_data* call);

/// Turns the C++ exception being handled into a PHP one. Only in a catch block.
void throw_current();

/// The argument at `position` (from 1), of exactly this PHP type; false after throwing TypeError.
bool to_string(_zval_struct* argument, std::uint32_t position, std::string_view& value);
bool to_int(_zval_struct* argument, std::uint32_t position, std::int64_t& value);
/// A list of finite ints and floats; false after throwing TypeError or ValueError.
bool to_numbers(_zval_struct* argument, std::uint32_t position, const char* name, std::vector<double>& values);
/// Whether it is an object of this class; false after throwing TypeError.
bool is_a(_zval_struct* argument, std::uint32_t position, const _zend_class_entry* entry);

/// A PHP list of floats.
void from_numbers(const std::vector<double>& values, _zval_struct* result);

}  // namespace palier::php
