// SPDX-License-Identifier: GPL-3.0-or-later
//
// The SWIG interface of the PHP extension `palier`. SWIG 4.1 writes a wrapper from it and from
// facade.hpp; method_tables.php then gives the wrapper the signatures of palier.stub.php.

%module palier

%{
#include "adapters/php/binding.hpp"
#include "adapters/php/facade.hpp"

// SWIG's own says neither how many arguments there should be nor how many there were.
#undef WRONG_PARAM_COUNT
#define WRONG_PARAM_COUNT                        \
    do {                                         \
        palier::php::refuse_count(execute_data); \
        return;                                  \
    } while (false)

// Arguments are checked by their place in the call.
#define PALIER_POSITION(argument) static_cast<std::uint32_t>(&(argument) - args + 1)

// Reached through Reflection, and by extensions that make objects themselves (PDO::FETCH_CLASS).
#define PALIER_NO_CONSTRUCTOR(name) \
    static PHP_METHOD(name, __construct) { palier::php::refuse_construction(execute_data->func->common.scope); }
PALIER_NO_CONSTRUCTOR(Palier)
PALIER_NO_CONSTRUCTOR(PalierBank)
PALIER_NO_CONSTRUCTOR(PalierPlan)
PALIER_NO_CONSTRUCTOR(PalierSession)
%}

%include <std_string.i>

// --- errors -----------------------------------------------------------------------------------

%exception %{
    if (Z_TYPE_P(ZEND_THIS) == IS_OBJECT && SWIG_Z_FETCH_OBJ_P(ZEND_THIS)->ptr == nullptr) {
        palier::php::refuse_empty(Z_OBJCE_P(ZEND_THIS));
        SWIG_fail;
    }
    try {
        $action
    } catch (...) {
        palier::php::throw_current();
        SWIG_fail;
    }
%}

%minit %{
    palier::php::describe_module();
    palier::php::register_exceptions();
%}
%mshutdown %{
    palier::php::opened_banks().clear();
%}

// --- arguments and results --------------------------------------------------------------------

// No method is overloaded; without these, SWIG makes a PHP class of each type to tell them apart.
%typemap(typecheck, precedence=SWIG_TYPECHECK_STRING) std::string_view "";
%typemap(typecheck, precedence=SWIG_TYPECHECK_INT64) std::int64_t "";
%typemap(typecheck, precedence=SWIG_TYPECHECK_DOUBLE_ARRAY) const std::vector<double>& "";

%typemap(in, phptype="string") std::string_view %{
    if (!palier::php::to_string(&$input, PALIER_POSITION($input), $1)) SWIG_fail;
%}
%typemap(in, phptype="int") std::int64_t %{
    if (!palier::php::to_int(&$input, PALIER_POSITION($input), $1)) SWIG_fail;
%}
%typemap(in, phptype="array") const std::vector<double>& (std::vector<double> numbers) %{
    if (!palier::php::to_numbers(&$input, PALIER_POSITION($input), "$1_name", numbers)) SWIG_fail;
    $1 = &numbers;
%}
%typemap(in) const palier::php::PalierBank&, const palier::php::PalierPlan& %{
    if (!palier::php::is_a(&$input, PALIER_POSITION($input), static_cast<zend_class_entry*>($1_descriptor->clientdata)))
        SWIG_fail;
    $1 = static_cast<$1_ltype>(SWIG_Z_FETCH_OBJ_P(&$input)->ptr);
    if ($1 == nullptr) {
        palier::php::refuse_empty(Z_OBJCE($input));
        SWIG_fail;
    }
%}
%typemap(out, phptype="array") std::vector<double> %{
    palier::php::from_numbers($1, return_value);
%}

// --- classes ----------------------------------------------------------------------------------

%nodefaultctor;
// They are returned by value and cannot be made empty.
%feature("valuewrapper") palier::php::PalierBank;
%feature("valuewrapper") palier::php::PalierPlan;
%feature("valuewrapper") palier::php::PalierSession;

%include "adapters/php/facade.hpp"
